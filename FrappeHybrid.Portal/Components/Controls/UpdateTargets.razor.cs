using FrappeHybrid.Core.Updates;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>Where a site, or all sites of a bench, can be updated to; what is not on the server yet leads to a new bench.</summary>
public partial class UpdateTargets
{
    [Parameter, EditorRequired]
    public UpdateOffer Offer { get; set; } = null!;

    /// <summary>For "New bench first".</summary>
    [Parameter, EditorRequired]
    public Guid ServerId { get; set; }

    [Parameter]
    public Guid? Chosen { get; set; }

    [Parameter]
    public EventCallback<Guid?> ChosenChanged { get; set; }

    /// <summary>A bench that is still being made can be chosen: the update waits for it.</summary>
    [Parameter]
    public bool MayWait { get; set; }

    /// <summary>What stands for a release that no bench of the server runs yet; a link to a new bench when there is none.</summary>
    [Parameter]
    public RenderFragment<NewerRelease>? NewBench { get; set; }

    private bool IsPossible(UpdateTarget target) => CanChoose(target, MayWait);

    /// <summary>Whether it can be chosen now.</summary>
    public static bool CanChoose(UpdateTarget target, bool mayWait)
    {
        ArgumentNullException.ThrowIfNull(target);
        return target.Refusal is null || (mayWait && target.Refusal.Code == "bench-not-active");
    }
}
