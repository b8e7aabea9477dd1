using System.Text.Json.Serialization;

namespace FrappeHybrid.Core.Sites;

/// <summary>JSON of <see cref="SiteConfigChange.Edits"/>.</summary>
[JsonSerializable(typeof(IReadOnlyList<SiteConfigEdit>))]
internal sealed partial class SiteConfigEdits : JsonSerializerContext;
