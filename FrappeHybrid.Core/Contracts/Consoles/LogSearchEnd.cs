using System.Text.Json.Serialization;

namespace FrappeHybrid.Core.Contracts.Consoles;

/// <summary>Why a search ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LogSearchEnd>))]
public enum LogSearchEnd
{
    /// <summary>All of the time range was looked at.</summary>
    Done = 0,

    /// <summary>As many lines were found as a search may give.</summary>
    EnoughFound = 1,

    /// <summary>As much was looked at as a search may.</summary>
    TooMuch = 2,

    /// <summary>It took as long as a search may.</summary>
    TooLong = 3,
}
