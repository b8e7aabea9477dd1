using FrappeHybrid.Core;
using FrappeHybrid.Core.Mail;
using FrappeHybrid.Portal;
using FrappeHybrid.Portal.Startup;
using Xunit;

namespace FrappeHybrid.Tests.Core.Mail;

/// <summary>Settings that cannot work stop the start with a sentence, and none at all is fine.</summary>
public sealed class MailOptionsTests
{
    private const string Canary = "canary-7f3a-password";

    [Fact]
    public void No_settings_mean_no_mail_and_no_problem()
    {
        var options = new MailOptions();
        Assert.True(options.IsOff);
        Assert.Null(options.FindProblem());
    }

    [Theory]
    [InlineData("neither a mail server nor a folder", "From=portal@example.com")]
    [InlineData("both set", "From=portal@example.com", "Host=mail.example.com", "Folder=mail")]
    [InlineData("Mail:From", "Host=mail.example.com")]
    [InlineData("Mail:From", "Host=mail.example.com", "From=Portal <portal@example.com>")]
    [InlineData("Mail:From", "Folder=mail", "From=größe@example.com")]
    [InlineData("Mail:FromName", "Folder=mail", "From=portal@example.com", "FromName=a\nb")]
    [InlineData("Mail:Host", "Host=https://mail.example.com", "From=portal@example.com")]
    [InlineData("Mail:Host", "Host=mail.example.com:587", "From=portal@example.com")]
    [InlineData("Mail:Port", "Host=mail.example.com", "From=portal@example.com", "Port=0")]
    [InlineData("Mail:Port", "Host=mail.example.com", "From=portal@example.com", "Port=many")]
    [InlineData("Mail:Security", "Host=mail.example.com", "From=portal@example.com", "Security=Maybe")]
    [InlineData("Mail:TimeoutSeconds", "Host=mail.example.com", "From=portal@example.com", "TimeoutSeconds=0")]
    [InlineData("a user and a password, or neither", "Host=mail.example.com", "From=portal@example.com", "User=portal")]
    [InlineData("a user and a password, or neither", "Host=mail.example.com", "From=portal@example.com", "Password=" + Canary)]
    [InlineData("readable for everybody", "Host=mail.example.com", "From=portal@example.com", "User=portal", "Password=" + Canary, "Security=None")]
    [InlineData("both set", "Host=mail.example.com", "From=portal@example.com", "User=portal", "Password=" + Canary, "PasswordFile=/nowhere/password")]
    [InlineData("Mail:PasswordFile", "Host=mail.example.com", "From=portal@example.com", "User=portal", "PasswordFile=/nowhere/password")]
    [InlineData("Mail:AuthorityFile", "Host=mail.example.com", "From=portal@example.com", "AuthorityFile=/nowhere/authority.pem")]
    public void Bad_settings_stop_the_start_with_a_sentence(string says, params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("mail-options");
        var problem = Assert.Throws<StartProblemException>(() => PortalHost.Build([$"--Portal:DataFolder={folder.FullName}", .. settings.Select(setting => $"--Mail:{setting}")]));

        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, problem.ToString(), StringComparison.Ordinal);
        folder.Delete(true);
    }

    [Theory]
    [InlineData("portal.example.com")]
    [InlineData("ftp://portal.example.com")]
    [InlineData("https://portal.example.com/below")]
    [InlineData("https://portal.example.com/?x=1")]
    [InlineData("https://user@portal.example.com")]
    [InlineData("/portal")]
    public void Address_for_links_is_a_whole_one(string url)
    {
        var problem = Assert.Throws<StartProblemException>(() => PortalHost.Build([$"--Portal:PublicUrl={url}"]));
        Assert.Contains("Portal:PublicUrl", problem.Message, StringComparison.Ordinal);
        Assert.Null(new CoreOptions { PublicUrl = url }.PublicAddress);
    }

    [Fact]
    public async Task Right_settings_start_the_portal()
    {
        var folder = Directory.CreateTempSubdirectory("mail-options");
        var password = Path.Combine(folder.FullName, "password");
        await File.WriteAllTextAsync(password, $"{Canary}\n", Xunit.TestContext.Current.CancellationToken);
        await using var portal = PortalHost.Build(
        [
            $"--Portal:DataFolder={folder.FullName}", "--Portal:PublicUrl=https://portal.example.com", "--Mail:Host=mail.example.com", "--Mail:From=portal@example.com", "--Mail:User=portal", $"--Mail:PasswordFile={password}",
        ]);
        Assert.Equal(new Uri("https://portal.example.com/account/join?token=x"), Assert.IsType<MailOutbox>(portal.Services.GetService(typeof(MailOutbox))).LinkTo("/account/join?token=x"));
        folder.Delete(true);
    }
}
