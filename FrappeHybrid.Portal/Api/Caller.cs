using FrappeHybrid.Portal.Account;

namespace FrappeHybrid.Portal.Api;

/// <summary>Who asks, as a parameter of an endpoint.</summary>
/// <param name="Actor">With the rights of this moment.</param>
internal sealed record Caller(Actor Actor)
{
    public static async ValueTask<Caller?> BindAsync(HttpContext context) =>
        await context.RequestServices.GetRequiredService<Actors>().OfAsync(context.User, context.RequestAborted) is { } actor
            ? new Caller(actor)
            : throw new BadHttpRequestException("The token was taken back just now.", StatusCodes.Status401Unauthorized);
}
