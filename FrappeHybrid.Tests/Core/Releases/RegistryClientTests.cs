using System.Net;
using System.Net.Http.Headers;
using System.Text;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Releases;
using Xunit;

namespace FrappeHybrid.Tests.Core.Releases;

/// <summary>The registry's protocol, against a registry that speaks it without a network.</summary>
public sealed class RegistryClientTests
{
    private static readonly string Digest = $"sha256:{new string('a', 64)}";

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("registry.example.com:5000/team/erpnext:v15.50.0", "https://registry.example.com:5000/v2/team/erpnext/manifests/v15.50.0")]
    [InlineData("frappe/erpnext:v15.50.0", "https://registry-1.docker.io/v2/frappe/erpnext/manifests/v15.50.0")]
    [InlineData("redis:7-alpine", "https://registry-1.docker.io/v2/library/redis/manifests/7-alpine")]
    [InlineData("docker.io/frappe/erpnext:v15", "https://registry-1.docker.io/v2/frappe/erpnext/manifests/v15")]
    public async Task An_image_is_asked_for_where_its_name_says(string image, string expected)
    {
        var asked = new List<string>();
        using var client = Client(request =>
        {
            asked.Add($"{request.RequestUri}");
            return Good();
        });

        Assert.Equal(Digest, await client.DigestAsync(ImageReference.Parse(image), null, Cancel));
        Assert.Equal([expected], asked);
    }

    [Fact]
    public async Task A_password_goes_only_where_it_is_asked_for()
    {
        var sent = new List<string?>();
        using var client = Client(request =>
        {
            sent.Add(request.Headers.Authorization?.ToString());
            return request.Headers.Authorization is null ? Challenge("Basic realm=\"lab\"") : Good();
        });

        await client.DigestAsync(ImageReference.Parse("registry.example.com/a:1"), new RegistrySignIn("registry.example.com", "lab", "s3cret"), Cancel);
        Assert.Equal([null, $"Basic {Convert.ToBase64String("lab:s3cret"u8)}"], sent);
    }

    [Fact]
    public async Task A_token_service_gets_the_password_and_the_registry_its_token()
    {
        using var client = Client(request => request.RequestUri!.Host switch
        {
            "auth.example.com" when request.Headers.Authorization?.Scheme == "Basic" && request.RequestUri.Query == "?service=reg&scope=repository%3Aa%3Apull" => Json("""{"token":"t0ken"}"""),
            "registry.example.com" when request.Headers.Authorization?.ToString() == "Bearer t0ken" => Good(),
            "registry.example.com" when request.Headers.Authorization is null => Challenge("Bearer realm=\"https://auth.example.com/token\",service=\"reg\",scope=\"repository:a:pull\""),
            _ => new HttpResponseMessage(HttpStatusCode.BadRequest),
        });

        Assert.Equal(Digest, await client.DigestAsync(ImageReference.Parse("registry.example.com/a:1"), new RegistrySignIn("registry.example.com", "lab", "s3cret"), Cancel));
    }

    [Fact]
    public async Task A_token_service_without_TLS_gets_no_password()
    {
        var hosts = new List<string>();
        using var client = Client(request =>
        {
            hosts.Add(request.RequestUri!.Host);
            return Challenge("Bearer realm=\"http://auth.example.com/token\",service=\"reg\"");
        });

        var trouble = await Assert.ThrowsAsync<RegistryException>(() => client.CheckAsync(new RegistrySignIn("registry.example.com", "lab", "s3cret"), Cancel));
        Assert.Equal(RegistryTrouble.Unreachable, trouble.Trouble);
        Assert.Equal(["registry.example.com"], hosts);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, RegistryTrouble.Missing, "image-not-found")]
    [InlineData(HttpStatusCode.Forbidden, RegistryTrouble.Refused, "registry-refused")]
    [InlineData(HttpStatusCode.Unauthorized, RegistryTrouble.Refused, "registry-needs-sign-in")]
    [InlineData(HttpStatusCode.BadGateway, RegistryTrouble.Unreachable, "registry-unreachable")]
    [InlineData(HttpStatusCode.OK, RegistryTrouble.Unreachable, "registry-unreachable")]
    public async Task Whatever_goes_wrong_has_a_sentence(HttpStatusCode status, RegistryTrouble trouble, string code)
    {
        using var client = Client(_ => new HttpResponseMessage(status));
        var problem = await Assert.ThrowsAsync<RegistryException>(() => client.DigestAsync(ImageReference.Parse("registry.example.com/a:1"), null, Cancel));
        Assert.Equal((trouble, code), (problem.Trouble, problem.Error.Code));
    }

    private static RegistryClient Client(Func<HttpRequestMessage, HttpResponseMessage> answer) => new(new Registry(answer), TimeProvider.System);

    private static HttpResponseMessage Good()
    {
        var answer = new HttpResponseMessage(HttpStatusCode.OK);
        answer.Headers.Add("Docker-Content-Digest", Digest);
        return answer;
    }

    private static HttpResponseMessage Json(string text) => new(HttpStatusCode.OK) { Content = new StringContent(text, Encoding.UTF8, "application/json") };

    private static HttpResponseMessage Challenge(string challenge)
    {
        var answer = new HttpResponseMessage(HttpStatusCode.Unauthorized);
        answer.Headers.WwwAuthenticate.Add(AuthenticationHeaderValue.Parse(challenge));
        return answer;
    }

    private sealed class Registry(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer(request));
    }
}
