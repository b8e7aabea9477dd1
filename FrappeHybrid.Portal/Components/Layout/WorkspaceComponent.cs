using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Layout;

/// <summary>A part of the layout that is drawn again when the workspace changes.</summary>
public abstract class WorkspaceComponent : ComponentBase, IDisposable
{
    [Inject]
    protected Workspace Workspace { get; set; } = null!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void OnInitialized() => Workspace.Changed += OnChanged;

    protected virtual void Dispose(bool isDisposing) => Workspace.Changed -= OnChanged;

    private void OnChanged() => _ = InvokeAsync(StateHasChanged);
}
