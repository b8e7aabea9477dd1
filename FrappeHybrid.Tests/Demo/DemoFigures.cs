using System.Text.Json.Serialization;

namespace FrappeHybrid.Tests.Demo;

/// <summary>The last line of `./demo --once`: what was seen, in seconds where it ends in _s.</summary>
internal sealed record DemoFigures
{
    [JsonPropertyName("preflight_rows")]
    public int PreflightRows { get; set; }

    [JsonPropertyName("provision_s")]
    public double ProvisionSeconds { get; set; }

    /// <summary>Tasks that changed something when the play ran again; null when it did not run to its end.</summary>
    [JsonPropertyName("second_run_changed")]
    public int? SecondRunChanged { get; set; }

    [JsonPropertyName("second_run_s")]
    public double SecondRunSeconds { get; set; }

    [JsonPropertyName("bench_s")]
    public double BenchSeconds { get; set; }

    [JsonPropertyName("site_s")]
    public double SiteSeconds { get; set; }

    [JsonPropertyName("site_status")]
    public int SiteStatus { get; set; }

    [JsonPropertyName("ping")]
    public string Ping { get; set; } = "";

    [JsonPropertyName("socketio")]
    public bool SocketIo { get; set; }

    [JsonPropertyName("console_first_line_ms")]
    public double? ConsoleFirstLineMilliseconds { get; set; }

    [JsonPropertyName("total_s")]
    public double TotalSeconds { get; set; }

    /// <summary>What `./demo --once` promises.</summary>
    [JsonIgnore]
    public bool AllHold => PreflightRows >= 15 && SecondRunChanged == 0 && SiteStatus == 200 && Ping == "pong" && SocketIo && ConsoleFirstLineMilliseconds is not null;
}
