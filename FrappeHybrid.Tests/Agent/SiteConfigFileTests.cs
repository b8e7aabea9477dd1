using System.Text.Json.Nodes;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Sites;
using FrappeHybrid.Core.Contracts.Jobs;
using Xunit;

namespace FrappeHybrid.Tests.Agent;

public sealed class SiteConfigFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("site-config").FullName;

    private string File => Path.Combine(folder, "site_config.json");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_change_keeps_what_it_does_not_name_with_its_type_and_the_files_mode()
    {
        System.IO.File.WriteAllText(File, """{"db_name":"_0123456789abcdef","big":12345678901234567890.5,"on":1,"yes":true,"list":[1,"a",null],"own":{"z":1,"a":"ä"},"nothing":null}""");
        System.IO.File.SetUnixFileMode(File, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Assert.True(SiteConfigFile.Change(File, config => config["maintenance_mode"] = 1));

        Assert.Equal(
            """
            {
             "big": 12345678901234567890.5,
             "db_name": "_0123456789abcdef",
             "list": [
              1,
              "a",
              null
             ],
             "maintenance_mode": 1,
             "nothing": null,
             "on": 1,
             "own": {
              "z": 1,
              "a": "ä"
             },
             "yes": true
            }
            """,
            System.IO.File.ReadAllText(File));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, System.IO.File.GetUnixFileMode(File));
        Assert.Equal([File], Directory.GetFiles(folder));
    }

    [Fact]
    public void A_change_that_changes_nothing_does_not_write()
    {
        const string text = """{  "a" : 1 }""";
        System.IO.File.WriteAllText(File, text);
        Assert.False(SiteConfigFile.Change(File, config => config["a"] = 1));
        Assert.Equal(text, System.IO.File.ReadAllText(File));
    }

    [Theory]
    [InlineData("{\"db_password\":\"s3cret\",")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("{\"a\":1,\"a\":2}")]
    public void A_file_that_is_no_configuration_is_refused_and_stays(string text)
    {
        System.IO.File.WriteAllText(File, text);
        var refused = Assert.Throws<JobFailedException>(() => SiteConfigFile.Change(File, config => config["a"] = 1));
        Assert.Equal(JobErrorCodes.SiteConfigInvalid, refused.Error.Code);
        Assert.DoesNotContain("s3cret", refused.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal(text, System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void A_version_is_of_the_content()
    {
        System.IO.File.WriteAllText(File, "{}");
        var before = SiteConfigFile.Version(File);
        SiteConfigFile.Change(File, config => config["a"] = "b");
        Assert.NotEqual(before, SiteConfigFile.Version(File));
        SiteConfigFile.Replace(File, "{}");
        Assert.Equal(before, SiteConfigFile.Version(File));
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("true", true)]
    [InlineData("\"1\"", true)]
    [InlineData("0", false)]
    [InlineData("false", false)]
    [InlineData("null", false)]
    [InlineData("\"\"", false)]
    [InlineData("[1]", false)]
    public void A_switch_is_read_as_frappe_reads_it(string json, bool on) => Assert.Equal(on, SiteConfigFile.IsOn(JsonNode.Parse(json)));
}
