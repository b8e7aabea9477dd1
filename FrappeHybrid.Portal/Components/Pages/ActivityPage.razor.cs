using FrappeHybrid.Core.Activity;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>Who did what, everywhere where the actor may know; result and filter are in the address.</summary>
public partial class ActivityPage
{
    private static readonly (string Key, string Text)[] Results = [("", "All"), ("done", "Done"), ("failed", "Failed"), ("refused", "Refused")];
    private ActivityFilter filter = new();
    private ActivityVerification? verification;
    private bool isVerifying;

    [SupplyParameterFromQuery]
    private string? Result { get; set; }

    [SupplyParameterFromQuery]
    private string? Find { get; set; }

    [Inject]
    private VerifyActivity Verify { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => false;

    /// <inheritdoc/>
    protected override Task LoadAsync(CancellationToken cancel)
    {
        filter = new ActivityFilter { Find = Find, Result = Enum.TryParse<ActivityResult>(Result, ignoreCase: true, out var wanted) && Enum.IsDefined(wanted) ? wanted : null };
        return Task.CompletedTask;
    }

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
