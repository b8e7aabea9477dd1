namespace FrappeHybrid.Core.Sites;

/// <summary>What the value of a key of a site's configuration is.</summary>
public enum SiteConfigKind
{
    /// <summary>1 or 0, as bench writes it.</summary>
    Switch,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A list, an object, or anything else in JSON.</summary>
    Json,
}
