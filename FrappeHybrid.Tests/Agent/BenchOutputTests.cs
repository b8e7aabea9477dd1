using System.Text;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using Xunit;

namespace FrappeHybrid.Tests.Agent;

/// <summary>What bench and the registry say, as recorded on a real Frappe 15.50 (reference/transcripts), and what is made of it.</summary>
public sealed class BenchOutputTests
{
    [Theory]
    [InlineData("Updating DocTypes for frappe        : [                                        ] 0%", 0)]
    [InlineData("Updating DocTypes for frappe        : [==============                          ] 37%", 37)]
    [InlineData("Updating DocTypes for erpnext       : [========================================] 100%", 100)]
    [InlineData("Updating DocTypes for hrms          : [=====               ] 25%", 25)]
    public void Progress_frames_become_a_number(string line, int expected)
    {
        Assert.True(BenchProgress.TryParse(line, out var percent));
        Assert.Equal(expected, percent);
    }

    [Fact]
    public void Trap_9_progress_frames_end_at_a_carriage_return_and_are_no_lines_of_output()
    {
        var lines = new List<string>();
        var progress = new List<int>();
        var assembler = new LineAssembler(line =>
        {
            if (BenchProgress.TryParse(line, out var percent))
                progress.Add(percent);
            else
                lines.Add(line);
        });
        var output = "\nInstalling frappe...\n" + string.Concat(Enumerable.Range(0, 101).Select(percent => $"\rUpdating DocTypes for frappe        : [{new string('=', percent * 40 / 100).PadRight(40)}] {percent}%")) + "\n*** Scheduler is disabled ***\n";
        foreach (var piece in Encoding.UTF8.GetBytes(output).Chunk(777))
            assembler.Add(piece);

        Assert.Equal(["Installing frappe...", "*** Scheduler is disabled ***"], lines);
        Assert.Equal(Enumerable.Range(0, 101), progress);
    }

    [Theory]
    [InlineData("all")]
    [InlineData("a.example.com,b.example.com")]
    [InlineData("a.example.com b.example.com")]
    [InlineData("--site")]
    [InlineData("-a.example.com")]
    public void Trap_17_no_name_of_a_site_can_mean_all_sites_a_list_of_them_or_an_option(string name) => Assert.False(SiteName.TryParse(name, out _));

    [Theory]
    [InlineData("Updating Dashboard for frappe")]
    [InlineData("Installing frappe...")]
    [InlineData("*** Scheduler is disabled ***")]
    [InlineData("Disk is at [====] 42")]
    public void Other_lines_stay_lines(string line) => Assert.False(BenchProgress.TryParse(line, out _));

    [Theory]
    [InlineData(1, "Site site1.test already exists\n", JobErrorCodes.SiteExists)]
    [InlineData(1, "Traceback (most recent call last):\npymysql.err.OperationalError: (1045, \"Access denied for user 'root'@'fr-backend.fr-net' (using password: YES)\")", JobErrorCodes.DatabaseRefused)]
    [InlineData(
        1,
        "socket.gaierror: [Errno -3] Temporary failure in name resolution\npymysql.err.OperationalError: (2003, \"Can't connect to MySQL server on 'nodb' ([Errno -3] Temporary failure in name resolution)\")",
        JobErrorCodes.DatabaseUnreachable)]
    [InlineData(
        1,
        "ConnectionRefusedError: [Errno 111] Connection refused\npymysql.err.OperationalError: (2003, \"Can't connect to MySQL server on 'redis-cache' ([Errno 111] Connection refused)\")",
        JobErrorCodes.DatabaseUnreachable)]
    [InlineData(1, "b'mariadb-dump: Got error: 2005: \"Unknown server host 'db' (-3)\" when trying to connect'", JobErrorCodes.DatabaseUnreachable)]
    [InlineData(1, "Could not find app \"erpnext\": \nNo module named 'erpnext'\n", JobErrorCodes.AppNotInBench)]
    [InlineData(1, "ModuleNotFoundError: No module named 'erpnext'", JobErrorCodes.AppNotInBench)]
    [InlineData(
        1,
        "filelock._error.Timeout: The file lock '/home/frappe/frappe-bench/sites/conc.test/locks/bench_new_site.lock' could not be acquired.\nDoesNotExistError: DocType Error Log not found",
        JobErrorCodes.SiteBusy)]
    [InlineData(1, "OSError: [Errno 28] No space left on device: './one.test/site_config.json'", JobErrorCodes.DiskFull)]
    [InlineData(1, "pymysql.err.OperationalError: (1021, \"Disk full (/var/lib/mysql); waiting for someone to free some space\")", JobErrorCodes.DiskFull)]
    [InlineData(137, "", JobErrorCodes.OutOfMemory)]
    [InlineData(1, "Database _0123456789abcdef already exists, please drop it manually or pass `--force`.", JobErrorCodes.SiteExists)]
    [InlineData(1, "Service redis_cache is not running.\nCannot run bench migrate without the services running.", JobErrorCodes.NotReady)]
    [InlineData(1, "Warning: Password input may be echoed.\nMySQL root password: \nAborted!", JobErrorCodes.Unexpected)]
    [InlineData(2, "Error: No such option: --site", JobErrorCodes.CommandFailed)]
    [InlineData(1, "something that nobody has seen", JobErrorCodes.CommandFailed)]
    public void A_failure_has_a_code_plain_words_and_the_raw_output(int exitCode, string output, string code)
    {
        var error = BenchFailures.Explain("The site could not be created", new ProgramResult(exitCode, output)).Error;
        Assert.Equal(code, error.Code);
        Assert.StartsWith("The site could not be created: ", error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.Advice);
        Assert.Equal(output, error.Raw);
    }

    [Theory]
    [InlineData("manifest for frappe/erpnext:v0 not found: manifest unknown: manifest unknown", JobErrorCodes.ImageNotFound)]
    [InlineData("pull access denied for frappe/nope, repository does not exist or may require 'docker login': denied: requested access to the resource is denied", JobErrorCodes.ImageNotFound)]
    [InlineData("Get \"https://registry.example.com/v2/frappe/erpnext/manifests/v1\": no basic auth credentials", JobErrorCodes.RegistryRefused)]
    [InlineData("Get \"https://registry.example.com/v2/\": unauthorized: authentication required", JobErrorCodes.RegistryRefused)]
    [InlineData("Get \"https://registry.example.com/v2/\": dial tcp: lookup registry.example.com on 1.1.1.1:53: no such host", JobErrorCodes.RegistryUnreachable)]
    [InlineData("Get \"https://registry-1.docker.io/v2/\": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)", JobErrorCodes.RegistryUnreachable)]
    [InlineData("Get \"https://10.0.0.1:5000/v2/\": dial tcp 10.0.0.1:5000: connect: connection refused", JobErrorCodes.RegistryUnreachable)]
    [InlineData("failed to register layer: write /usr/lib/x: no space left on device", JobErrorCodes.DiskFull)]
    [InlineData("toomanyrequests: You have reached your pull rate limit.", JobErrorCodes.RegistryRefused)]
    [InlineData("something else", JobErrorCodes.CommandFailed)]
    public void The_registrys_words_become_ours(string text, string code)
    {
        var pull = new ImagePull(null!, ImageReference.Parse("frappe/erpnext:v15.50.0"), []);
        Assert.Equal(code, pull.Explain(new DockerException(DockerFault.Refused, text)).Error.Code);
    }

    [Theory]
    [InlineData("Adm1n!pass", "login with Adm1n!pass failed")]
    [InlineData("it's \"it\"", "repr is 'it\\'s \"it\"' and json is \"it's \\\"it\\\"\"")]
    [InlineData("a&b c/d+e=", "https://x/?p=a%26b%20c%2Fd%2Be%3D")]
    [InlineData("pässwörd1", "plain pässwörd1, json p\\u00E4ssw\\u00F6rd1")]
    public void No_spelling_of_a_secret_passes(string secret, string output)
    {
        var redactor = new Redactor();
        redactor.Add(secret);
        var clean = redactor.Clean(output);
        Assert.Contains("[hidden]", clean, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, clean, StringComparison.Ordinal);
        Assert.DoesNotContain(Uri.EscapeDataString(secret), clean, StringComparison.Ordinal);
        Assert.DoesNotContain("\\u00E4", clean, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CREATE USER '_08d3'@'%' IDENTIFIED BY 'wJ7sQ2'", "wJ7sQ2")]
    [InlineData("{\"db_name\": \"_08d3\", \"db_password\": \"wJ7sQ2\"}", "wJ7sQ2")]
    [InlineData("context = {'root_password': 'wJ7sQ2'}", "wJ7sQ2")]
    public void What_looks_like_a_secret_does_not_pass_either(string output, string secret) =>
        Assert.DoesNotContain(secret, new Redactor().Clean(output), StringComparison.Ordinal);
}
