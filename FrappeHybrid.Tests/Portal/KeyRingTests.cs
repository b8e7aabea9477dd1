using System.Text;
using System.Xml.Linq;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Portal;
using FrappeHybrid.Portal.Startup;
using FrappeHybrid.Tests.Core.Support;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FrappeHybrid.Tests.Portal;

/// <summary>The portal's key file and the ring that it opens: made, taken over, and never replaced without a word.</summary>
public sealed class KeyRingTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly string folder = Directory.CreateTempSubdirectory("key-test").FullName;

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    private string KeyFile => Path.Combine(folder, "portal.key");

    private string Ring => Path.Combine(folder, "keys");

    public static TheoryData<string, string> Wrongs => new()
    {
        { "another key", "is not the one with which the key ring" },
        { "another key and no check value", "is not the one with which the key ring" },
        { "no key file", "is missing, and the key ring" },
        { "no key file and no check value", "is missing, and the key ring" },
        { "a short key", "has 16 bytes; it has to have 32" },
        { "a long key", "has 48 bytes; it has to have 32" },
        { "no key in it", "does not hold a key" },
        { "readable by the group", "can be read by others than the portal's user (mode 640)" },
        { "readable by all", "can be read by others than the portal's user (mode 604)" },
        { "a changed file of the ring", "does not open, though the key is the right one" },
        { "a broken file of the ring", "cannot be read" },
        { "no ring", "is there, but the key ring" },
        { "a restore was killed", "A restore was interrupted" },
    };

    public void Dispose() => Directory.Delete(folder, true);

    [Fact]
    public async Task FirstStart_MakesAKeyFileForItsUserAloneAndEncryptsTheRing()
    {
        await RunOnceAsync();
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(KeyFile));
        Assert.Equal(32, Convert.FromBase64String((await File.ReadAllTextAsync(KeyFile, Cancel)).Trim()).Length);
        Assert.NotEmpty(Directory.GetFiles(Ring, "key-*.xml"));
        AssertClosed();
    }

    [Fact]
    public async Task KeyMadeLater_IsEncryptedToo()
    {
        await using var portal = await TestPortal.StartAsync(folder: folder);
        var now = TimeProvider.System.GetUtcNow();
        portal.Services.GetRequiredService<IKeyManager>().CreateNewKey(now, now.AddDays(90));
        Assert.Equal(2, Directory.GetFiles(Ring, "key-*.xml").Length);
        AssertClosed();
    }

    [Fact]
    public async Task RingOfAnOlderPortal_IsEncryptedAndStillOpensWhatItClosed()
    {
        var closed = TestRing.MakePlain(folder, "an old secret");
        var file = Assert.Single(Directory.GetFiles(Ring, "key-*.xml"));
        var master = Assert.Single(XElement.Load(file).Descendants("masterKey")).Element("value")!.Value;

        await using (var portal = await TestPortal.StartAsync(folder: folder))
        {
            Assert.Equal("an old secret", portal.Services.GetRequiredService<SecretVault>().Open("test", closed));
            Assert.Equal([file], Directory.GetFiles(Ring, "key-*.xml"));
        }

        AssertClosed();
        Assert.Empty(TestRing.Find(folder, Encoding.UTF8.GetBytes(master)));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task TakingOver_KilledInTheMiddle_GoesOn()
    {
        var closed = TestRing.MakePlain(folder, "an old secret");
        var plain = await File.ReadAllTextAsync(Directory.GetFiles(Ring, "key-*.xml")[0], Cancel);
        await RunOnceAsync();

        // As if the kill had come after the key file and the check value, before the ring's own file; and left what it was writing.
        await File.WriteAllTextAsync(Directory.GetFiles(Ring, "key-*.xml")[0], plain, Cancel);
        await File.WriteAllTextAsync(Directory.GetFiles(Ring, "key-*.xml")[0] + ".new", "<ke", Cancel);
        await using var portal = await TestPortal.StartAsync(folder: folder);
        AssertClosed();
        Assert.Empty(Directory.GetFiles(Ring, "*.new"));
        Assert.Equal("an old secret", portal.Services.GetRequiredService<SecretVault>().Open("test", closed));
    }

    [Theory]
    [MemberData(nameof(Wrongs))]
    public async Task WhatDoesNotFit_IsSaidAndNothingIsChanged(string wrong, string sentence)
    {
        await RunOnceAsync();
        await MakeAsync(wrong);
        var before = TestRing.Snapshot(folder);

        var problem = Assert.Throws<StartProblemException>(() => PortalHost.Build([$"--Portal:DataFolder={folder}"]));
        Assert.Contains(sentence, problem.Message, StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith("Nothing was changed.", problem.Message, StringComparison.Ordinal);
        Assert.Equal(1, await PortalHost.RunAsync([$"--Portal:DataFolder={folder}", "--urls=http://127.0.0.1:0"]));
        Assert.Equal(before, TestRing.Snapshot(folder));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task KeyElsewhere_InHexOrBase64_Opens(bool isHex)
    {
        await RunOnceAsync();
        var key = Convert.FromBase64String((await File.ReadAllTextAsync(KeyFile, Cancel)).Trim());
        var elsewhere = Directory.CreateTempSubdirectory("key-elsewhere").FullName;
        TestRing.WriteKey(Path.Combine(elsewhere, "key"), isHex ? Convert.ToHexStringLower(key) : Convert.ToBase64String(key));
        File.Delete(KeyFile);
        await using (PortalHost.Build([$"--Portal:DataFolder={folder}", $"--Portal:KeyFile={elsewhere}/key"]))
            Assert.False(File.Exists(KeyFile));
        Directory.Delete(elsewhere, true);
    }

    [Fact]
    public async Task KeyFolderThatIsNotThere_IsNotMadeUp()
    {
        var problem = Assert.Throws<StartProblemException>(() => PortalHost.Build([$"--Portal:DataFolder={folder}", $"--Portal:KeyFile={folder}/not-mounted/key"]));
        Assert.Contains("Is its disk mounted?", problem.Message, StringComparison.Ordinal);
        Assert.Empty(TestRing.Snapshot(folder));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task CredentialOfSystemd_MayShowTheGroupBitsOfItsAccessListAndNoMore()
    {
        await RunOnceAsync();
        var credentials = Directory.CreateTempSubdirectory("key-credentials").FullName;
        var key = Path.Combine(credentials, "portal-key");
        File.Move(KeyFile, key);
        Environment.SetEnvironmentVariable("CREDENTIALS_DIRECTORY", credentials);
        try
        {
            File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.GroupRead);
            await using (PortalHost.Build([$"--Portal:DataFolder={folder}", $"--Portal:KeyFile={key}"]))
                AssertClosed();
            File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.OtherRead);
            Assert.Throws<StartProblemException>(() => PortalHost.Build([$"--Portal:DataFolder={folder}", $"--Portal:KeyFile={key}"]));
        }
        finally
        {
            Environment.SetEnvironmentVariable("CREDENTIALS_DIRECTORY", null);
            Directory.Delete(credentials, true);
        }
    }

    private async Task RunOnceAsync() => await (await TestPortal.StartAsync(folder: folder)).DisposeAsync();

    private async Task MakeAsync(string wrong)
    {
        var file = Directory.GetFiles(Ring, "key-*.xml")[0];
        if (wrong.EndsWith("no check value", StringComparison.Ordinal))
            File.Delete(Path.Combine(Ring, "check"));
        switch (wrong)
        {
            case "another key" or "another key and no check value":
                TestRing.WriteKey(KeyFile, Convert.ToBase64String(new byte[32]));
                break;
            case "no key file" or "no key file and no check value":
                File.Delete(KeyFile);
                break;
            case "a short key":
                TestRing.WriteKey(KeyFile, Convert.ToBase64String(new byte[16]));
                break;
            case "a long key":
                TestRing.WriteKey(KeyFile, Convert.ToBase64String([.. Enumerable.Repeat((byte)255, 48)]));
                break;
            case "no key in it":
                TestRing.WriteKey(KeyFile, "correct horse battery staple\n");
                break;
            case "readable by the group":
                File.SetUnixFileMode(KeyFile, OwnerOnly | UnixFileMode.GroupRead);
                break;
            case "readable by all":
                File.SetUnixFileMode(KeyFile, OwnerOnly | UnixFileMode.OtherRead);
                break;
            case "a changed file of the ring":
                var content = XElement.Load(file);
                var value = content.Descendants("encryptedKey").Single().Element("value")!;
                value.Value = (value.Value[0] == 'A' ? 'B' : 'A') + value.Value[1..];
                content.Save(file);
                break;
            case "a broken file of the ring":
                await File.WriteAllTextAsync(file, "<key", Cancel);
                break;
            case "no ring":
                Directory.Delete(Ring, true);
                break;
            case "a restore was killed":
                Directory.CreateDirectory(Path.Combine(folder, ".restoring"));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(wrong), wrong, "Not one of these.");
        }
    }

    private void AssertClosed()
    {
        foreach (var file in Directory.GetFiles(Ring, "*.xml"))
        {
            var text = File.ReadAllText(file);
            Assert.DoesNotContain("masterKey", text, StringComparison.Ordinal);
            Assert.Contains("encryptedKey", text, StringComparison.Ordinal);
        }
    }
}
