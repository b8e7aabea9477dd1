using System.Text.Json.Serialization;

namespace FrappeHybrid.Core.Contracts.Servers;

/// <summary>Kinds of things that a clean-up takes away.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CleanUpKind>))]
public enum CleanUpKind
{
    /// <summary>A container with our label whose bench is gone.</summary>
    Container,

    /// <summary>A network with our label whose bench is gone, and that nobody uses.</summary>
    Network,

    /// <summary>A volume with our label whose bench is gone, and that no container uses.</summary>
    Volume,

    /// <summary>An image that this Agent pulled and that neither a container nor a bench uses.</summary>
    Image,

    /// <summary>A folder under /home/frappe/archived, older than asked for.</summary>
    Archived,

    /// <summary>Ended jobs, with their output, older than asked for.</summary>
    JobHistory,
}
