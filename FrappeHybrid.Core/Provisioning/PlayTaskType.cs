namespace FrappeHybrid.Core.Provisioning;

/// <summary>A task of a kind of play; its script is Scripts/NN-key.sh unless the portal does it itself.</summary>
internal sealed record PlayTaskType(string Key, string Title, bool ByPortal = false);
