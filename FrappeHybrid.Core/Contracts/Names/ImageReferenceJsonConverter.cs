namespace FrappeHybrid.Core.Contracts.Names;

/// <summary>JSON form of <see cref="ImageReference"/>.</summary>
public sealed class ImageReferenceJsonConverter() : NameJsonConverter<ImageReference>(text => ImageReference.TryParse(text, out var image) ? image : null, ImageReference.Rule);
