using FrappeHybrid.Portal.Api;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>The API's endpoints, out of its own description, each to be tried. The token that is tried with stays in the browser: no circuit and no server sees it here.</summary>
public partial class ApiPage
{
    private readonly HashSet<string> open = [];
    private IReadOnlyList<ApiOperation> all = [];
    private ElementReference root;
    private IJSObjectReference? module;

    [SupplyParameterFromQuery]
    private string? Find { get; set; }

    [Inject]
    private ApiReference Reference { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    private List<ApiOperation> Shown => [.. all.Where(operation => ListFilter.Matches(Find, operation.Summary, operation.Path, operation.Method, operation.Group))];

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => false;

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel) => all = await Reference.ReadAsync(cancel);

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        module = await ScriptAsync(() => Script.InvokeAsync<IJSObjectReference>("import", "./Components/Pages/ApiPage.razor.js"));
        if (module is not null)
            await ScriptAsync(() => module.InvokeVoidAsync("begin", root));
    }

    /// <inheritdoc/>
    protected override async ValueTask LeaveAsync()
    {
        if (module is null)
            return;
        await module.InvokeVoidAsync("end", root);
        await module.DisposeAsync();
    }

    private void Toggle(string id)
    {
        if (!open.Remove(id))
            open.Add(id);
    }
}
