using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace FrappeHybrid.Core.Contracts.Names;

/// <summary>A container image with its tag, e.g. "frappe/erpnext:v15.50.0" or "registry.example.com:5000/frappe/erpnext:v15.50.0"; at most 255 characters.</summary>
[JsonConverter(typeof(ImageReferenceJsonConverter))]
public sealed partial record ImageReference
{
    private ImageReference(string value) => Value = value;

    /// <summary>The whole reference.</summary>
    public string Value { get; }

    /// <summary>What a user is told when a reference does not pass.</summary>
    public const string Rule = "An image is written as name:tag, such as frappe/erpnext:v15.50.0, with its registry in front when it is not the public one.";

    /// <summary>The part before the tag.</summary>
    public string Repository => Value[..Value.LastIndexOf(':')];

    /// <summary>The part after the last colon.</summary>
    public string Tag => Value[(Value.LastIndexOf(':') + 1)..];

    /// <summary>The registry's host and port, or null when the reference names none (then it is the engine's default registry).</summary>
    public string? Registry
    {
        get
        {
            var slash = Value.IndexOf('/', StringComparison.Ordinal);
            var first = slash < 0 ? null : Value[..slash];
            return first is not null && (first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal) || first == "localhost") ? first : null;
        }
    }

    /// <summary>Checks a reference from outside; false when it breaks <see cref="Rule"/>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ImageReference? image)
    {
        image = text is { Length: <= 255 } && Pattern().IsMatch(text) ? new ImageReference(text) : null;
        return image is not null;
    }

    /// <summary>The checked reference, or a <see cref="FormatException"/> with <see cref="Rule"/>.</summary>
    public static ImageReference Parse(string? text) => TryParse(text, out var image) ? image : throw new FormatException(Rule);

    /// <inheritdoc/>
    public override string ToString() => Value;

    [GeneratedRegex(@"\A(?:[a-zA-Z0-9.-]+(?::[0-9]{1,5})?/)?[a-z0-9]+(?:[._/-]+[a-z0-9]+)*:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
