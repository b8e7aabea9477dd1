using System.Buffers;
using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using FrappeHybrid.Core.Tokens;
using FrappeHybrid.Portal.Account;

namespace FrappeHybrid.Portal.Api;

/// <summary>
/// The header Idempotency-Key: a request that was repeated because its answer got lost does nothing a second time. Only what was done is remembered; a refused request
/// changed nothing, and its key is free again.
/// </summary>
internal static class Idempotency
{
    public const string Header = "Idempotency-Key";
    public const string Replayed = "Idempotent-Replayed";
    private const int LongestKey = 200;
    private static readonly Error KeyInvalid = new("idempotency-key-invalid", $"An {Header} has 1 to {LongestKey} printable ASCII characters.", "Use a random one, such as a UUID.");

    /// <summary>Does the endpoint change something, and is its body small enough to be compared?</summary>
    public static bool TakesKey(string? method, EndpointMetadataCollection metadata) =>
        method is not null && !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && metadata.GetMetadata<LargeBody>() is null;

    public static void UseIdempotency(this WebApplication portal) => portal.Use(async (context, next) =>
    {
        if (context.IsApi()
            && context.GetEndpoint() is { } endpoint
            && TakesKey(context.Request.Method, endpoint.Metadata)
            && context.Request.Headers.TryGetValue(Header, out var keys)
            && Guid.TryParse(context.User.FindFirstValue(Claims.Token), out var token))
        {
            await RunAsync(context, next, token, [.. keys]);
            return;
        }

        await next(context);
    });

    private static async Task RunAsync(HttpContext context, RequestDelegate next, Guid token, string?[] keys)
    {
        if (keys is not [{ Length: >= 1 and <= LongestKey } key] || key.Any(letter => letter is < ' ' or > '~'))
        {
            await ApiErrors.Of(KeyInvalid).ExecuteAsync(context);
            return;
        }

        var answers = context.RequestServices.GetRequiredService<ApiAnswers>();
        var begun = await answers.BeginAsync(token, key, await HashAsync(context.Request, context.RequestAborted), context.RequestAborted);
        if (!begun.IsDone)
        {
            if (begun.Error.Code == ApiAnswers.Running.Code)
                context.Response.Headers.RetryAfter = "1";
            await ApiErrors.Of(begun.Error).ExecuteAsync(context);
        }
        else if (begun.Value.Status is { } status)
        {
            await RepeatAsync(context.Response, status, begun.Value, answers.BodyOf(begun.Value));
        }
        else
        {
            await AnswerAsync(context, next, answers, begun.Value);
        }
    }

    // What was begun is written down to its end though the program has gone meanwhile: no cancellation behind the endpoint.
    private static async Task AnswerAsync(HttpContext context, RequestDelegate next, ApiAnswers answers, ApiAnswer answer)
    {
        var response = context.Response;
        var outside = response.Body;
        using var body = new MemoryStream();
        response.Body = body;
        try
        {
            await next(context);
            if (response.StatusCode is >= 200 and < 300)
                await answers.KeepAsync(answer, response.StatusCode, response.ContentType, response.Headers.Location, body.ToArray(), CancellationToken.None);
            else
                await answers.ForgetAsync(answer, CancellationToken.None);
        }
        catch (BadHttpRequestException)
        {
            await answers.ForgetAsync(answer, CancellationToken.None); // it was not even read
            throw;
        }
        catch
        {
            answers.Leave(answer);
            throw;
        }
        finally
        {
            response.Body = outside;
        }

        body.Position = 0;
        await body.CopyToAsync(outside, context.RequestAborted);
    }

    private static async Task RepeatAsync(HttpResponse response, int status, ApiAnswer answer, byte[] body)
    {
        response.StatusCode = status;
        response.Headers[Replayed] = "true";
        if (answer.Location is not null)
            response.Headers.Location = answer.Location;
        if (answer.ContentType is not null)
            response.ContentType = answer.ContentType;
        if (body.Length > 0)
            await response.Body.WriteAsync(body);
    }

    private static async Task<string> HashAsync(HttpRequest request, CancellationToken cancel)
    {
        request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{request.Method}\n{request.Path}\n{request.QueryString}\n")));
        var piece = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            while (await request.Body.ReadAsync(piece, cancel) is > 0 and var read)
                hash.AppendData(piece, 0, read);
        }
        finally
        {
            // It may have held a password.
            ArrayPool<byte>.Shared.Return(piece, clearArray: true);
        }

        request.Body.Position = 0;
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}

/// <summary>Marks an endpoint whose body is a file of any size.</summary>
internal sealed record LargeBody;
