using FrappeHybrid.Core.Activity;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>Who did what, everywhere where the actor may know; result and filter are in the address.</summary>
public partial class ActivityPage
{
    private static readonly (string Key, string Text)[] Results = [("", "All"), ("done", "Done"), ("failed", "Failed"), ("refused", "Refused")];
    private ActivityFilter filter = new();
    private ActivityVerification? verification;
    private ActivityView? chosen;
    private bool isVerifying;

    [SupplyParameterFromQuery]
    private string? Result { get; set; }

    [SupplyParameterFromQuery]
    private string? Find { get; set; }

    /// <summary>The entry whose details stand beside the list.</summary>
    [SupplyParameterFromQuery]
    private Guid? Entry { get; set; }

    [Inject]
    private ActivityQueries Activity { get; set; } = null!;

    [Inject]
    private VerifyActivity Verify { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => false;

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        filter = new ActivityFilter { Find = Find, Result = Enum.TryParse<ActivityResult>(Result, ignoreCase: true, out var wanted) && Enum.IsDefined(wanted) ? wanted : null };
        chosen = Entry is { } id ? await Activity.FindAsync(Actor, id, cancel) : null;
    }

    private string Beside(ActivityView entry) => Navigation.GetUriWithQueryParameter("entry", entry.Id);

    private async Task VerifyAsync()
    {
        isVerifying = true;
        verification = null;
        StateHasChanged();
        var found = await Verify.RunAsync(Actor, Gone);
        verification = found.IsDone ? found.Value : null;
        isVerifying = false;
    }
}
