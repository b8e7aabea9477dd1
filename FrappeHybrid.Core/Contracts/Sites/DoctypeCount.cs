namespace FrappeHybrid.Core.Contracts.Sites;

/// <summary>A kind of documents.</summary>
/// <param name="Doctype">Its name.</param>
/// <param name="Documents">How many there are, as the database estimates it.</param>
public sealed record DoctypeCount(string Doctype, long Documents);
