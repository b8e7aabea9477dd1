using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Releases;
using FrappeHybrid.Tests.Lab;
using Xunit;

namespace FrappeHybrid.Tests.Agent;

/// <summary>Pulls from the lab's private registry, by a real engine and by the portal's own registry client.</summary>
[Collection(AgentServerTests.Name)]
[Trait("Category", "Docker")]
public sealed class PullImageTests(AgentServerFixture fixture)
{
    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_image_of_a_private_registry_comes_with_the_jobs_own_sign_in_and_nothing_of_it_is_kept()
    {
        var server = await fixture.ServerAsync();
        var (lab, image, host) = await RegistryAsync();
        try
        {
            var job = await PullAsync(server, image, host, lab.RegistryUser, lab.RegistryPassword);

            Assert.True(job.State == JobState.Success, $"{job.Error}");
            var result = job.Result!.Value.Deserialize(BenchWorkJson.Default.PullImageResult)!;
            Assert.Equal(["erpnext", "frappe"], result.Apps.Select(app => app.Value).Order());
            Assert.StartsWith("sha256:", result.Digest, StringComparison.Ordinal);
            Assert.True(result.Bytes > 1 << 20);

            // The portal asks the same registry itself, and hears the same.
            using var client = new RegistryClient(Trusting(), TimeProvider.System);
            Assert.Equal(result.Digest, await client.DigestAsync(image, new RegistrySignIn(host, lab.RegistryUser, lab.RegistryPassword), Cancel));
            foreach (var file in Directory.EnumerateFiles(server.Paths.AgentFolder, "*", SearchOption.AllDirectories).Where(file => !file.Contains("/tls/", StringComparison.Ordinal)))
            {
                await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
                Assert.DoesNotContain(lab.RegistryPassword, await reader.ReadToEndAsync(Cancel), StringComparison.Ordinal);
            }

            Assert.DoesNotContain(lab.RegistryPassword, server.Output.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            await Shell.TryAsync("docker", "rmi", image.Value);
        }
    }

    [Fact]
    public async Task A_sign_in_that_the_registry_refuses_is_said_in_plain_words()
    {
        var server = await fixture.ServerAsync();
        var (lab, image, host) = await RegistryAsync();

        var job = await PullAsync(server, image, host, lab.RegistryUser, "wrong-password-canary");

        Assert.Equal((JobState.Failure, JobErrorCodes.RegistryRefused), (job.State, job.Error?.Code));
        Assert.DoesNotContain("wrong-password-canary", JsonSerializer.Serialize(job, AgentJson.Default.JobSnapshot), StringComparison.Ordinal);
        using var client = new RegistryClient(Trusting(), TimeProvider.System);
        var refused = await Assert.ThrowsAsync<RegistryException>(() => client.CheckAsync(new RegistrySignIn(host, lab.RegistryUser, "wrong-password-canary"), Cancel));
        Assert.Equal("registry-refused", refused.Error.Code);
    }

    private static async Task<JobSnapshot> PullAsync(AgentServer server, ImageReference image, string host, string user, string password)
    {
        var request = new PullImageRequest(image, [new RegistrySignIn(host, user, password)]);
        return await server.UntilEndAsync(await server.OrderAsync(HttpMethod.Post, BenchPaths.PullImage, JsonSerializer.Serialize(request, BenchWorkJson.Default.PullImageRequest)));
    }

    /// <summary>The lab's registry under the address that this machine's engine reaches it at.</summary>
    private static async Task<(LabDescription Lab, ImageReference Image, string Host)> RegistryAsync()
    {
        LabImages.Require();
        var lab = LabDescription.Read();
        var host = (await Shell.RunAsync("docker", "port", "frappe-hybrid-lab-registry", "5000/tcp")).Split('\n')[0];
        return (lab, ImageReference.Parse(lab.Releases[0].Image.Replace(lab.Registry, host, StringComparison.Ordinal)), host);
    }

    /// <summary>As an operator's machine that trusts the registry's certificate; here only that very certificate is looked at, not who signed it.</summary>
    private static SocketsHttpHandler Trusting() => new()
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, certificate, _, errors) => errors is SslPolicyErrors.RemoteCertificateChainErrors && certificate is X509Certificate2 { Issuer: "CN=FrappeHybrid lab CA" },
        },
    };
}
