using FrappeHybrid.Core.Accounts;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Portal.Account;
using FrappeHybrid.Portal.Consoles;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>The live lines of a source and its past. Lines go from the hub to the script; Blazor never draws one.</summary>
public partial class ConsoleView : IAsyncDisposable
{
    /// <summary>Under which a person's settings of all consoles are kept.</summary>
    private const string Choice = "consoles";
    private ElementReference root;
    private DotNetObjectReference<ConsoleView>? self;
    private IJSObjectReference? module;
    private IJSObjectReference? view;
    private bool isGone;

    [Parameter, EditorRequired]
    public Guid ServerId { get; set; }

    [Parameter, EditorRequired]
    public ConsoleSource Source { get; set; } = null!;

    /// <summary>The page that a link to a line leads to; the source's own when it is not given.</summary>
    [Parameter]
    public string? Address { get; set; }

    /// <summary>Further buttons.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private PersonalChoices Choices { get; set; } = null!;

    [Inject]
    private RememberChoice Remember { get; set; } = null!;

    /// <summary>The page of a source alone.</summary>
    public static string AddressOf(Guid server, ConsoleSource source) => $"/servers/{server}/console/{source}";

    /// <summary>The same in a window of its own.</summary>
    public static string WindowOf(Guid server, ConsoleSource source) => $"{AddressOf(server, source)}/window";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        isGone = true;
        await LeaveAsync();
        self?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The person likes consoles so.</summary>
    [JSInvokable]
    public async Task Keep(string settings)
    {
        if (await CurrentActor.FindAsync(CancellationToken.None) is { } actor)
            await Remember.RunAsync(actor, Choice, settings, CancellationToken.None);
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        try
        {
            var settings = await CurrentActor.FindAsync(CancellationToken.None) is { } actor ? await Choices.FindAsync(actor, Choice, CancellationToken.None) : null;
            module = await Script.InvokeAsync<IJSObjectReference>("import", "./Components/Controls/ConsoleView.razor.js");
            if (isGone)
            {
                await LeaveAsync();
                return;
            }

            self = DotNetObjectReference.Create(this);
            view = await module.InvokeAsync<IJSObjectReference>("start", root, new
            {
                path = ConsoleHub.Path,
                server = ServerId,
                source = Source.ToString(),
                address = Address ?? AddressOf(ServerId, Source),
                text = ConsoleDownload.For(ServerId, Source),
                file = ConsoleDownload.FileName(Source),
                settings,
                keeper = self,
            });
            if (isGone)
                await LeaveAsync();
        }
        catch (Exception ending) when (ending is JSDisconnectedException or TaskCanceledException)
        {
            // The browser has gone.
        }
    }

    /// <summary>Ends what the page has of it; also when it was left while it began.</summary>
    private async Task LeaveAsync()
    {
        try
        {
            if (view is not null)
            {
                await view.InvokeVoidAsync("dispose");
                await view.DisposeAsync();
            }

            if (module is not null)
                await module.DisposeAsync();
        }
        catch (Exception ending) when (ending is JSDisconnectedException or TaskCanceledException)
        {
            // The browser has gone.
        }
    }
}
