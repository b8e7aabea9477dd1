using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Sites;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>Who did what to one site.</summary>
public partial class SiteActivity
{
    private ActivityFilter filter = new();
    private SiteView? site;
    private bool mayRead;

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private SiteQueries Sites { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Site) && change.Id == Id;

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        site = await Sites.FindAsync(Actor, Id, cancel);
        mayRead = site is not null && May(Capability.ViewActivity, site.Place);
        filter = new ActivityFilter { SiteId = Id };
    }
}
