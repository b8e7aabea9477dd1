using FrappeHybrid.Portal.Components.Controls;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Servers.Upkeep;
using FrappeHybrid.Core.Sites;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>Taking a server out: what stays, what goes, what becomes of the containers; and forgetting one that cannot be reached.</summary>
public partial class ServerTakeOut
{
    private ServerView? server;
    private RunView? play;
    private List<SiteView> serving = [];
    private Error? problem;
    private bool stopBenches;
    private bool isBusy;

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private ServerQueries Servers { get; set; } = null!;

    [Inject]
    private SiteQueries Sites { get; set; } = null!;

    [Inject]
    private PlayQueries Plays { get; set; } = null!;

    [Inject]
    private TakeServerOut TakeServerOut { get; set; } = null!;

    [Inject]
    private ForgetServer ForgetServer { get; set; } = null!;

    [Inject]
    private DialogService Dialogs { get; set; } = null!;

    // The same that the play does, for a person.
    private string Commands =>
        "systemctl disable --now frappe-hybrid-agent; rm -f /etc/systemd/system/frappe-hybrid-agent.service /etc/sudoers.d/frappe-hybrid /etc/nginx/conf.d/frappe-hybrid.conf /home/frappe/.docker/config.json; systemctl reload nginx; " +
        $"find /home/frappe/agent -mindepth 1 -maxdepth 1 ! -name mariadb -exec rm -rf {{}} +; rm -rf /var/lib/frappe-hybrid /home/frappe/benches/*/nginx; sed -i '\\|{server!.SshPublicKey.Split(' ')[1]}|d' ~{server.SshUser}/.ssh/authorized_keys";

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Server) or nameof(Site) or nameof(Play);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        server = await Servers.FindAsync(Actor, Id, cancel);
        if (server is null)
            return;
        play = await Plays.LastOfServerAsync(Actor, Id, cancel);
        serving = [.. (await Sites.OfServerAsync(Actor, Id, cancel)).Where(site => site.State is SiteState.Active or SiteState.Recovered)];
    }

    private async Task TakeOutAsync()
    {
        if (!await Dialogs.ConfirmByNameAsync("Take server out", server!.Name, "The portal can do nothing on this server afterwards, and its sites are no longer reachable.", "Take server out"))
            return;
        isBusy = true;
        var begun = await TakeServerOut.RunAsync(Actor, Id, server.Name, stopBenches, Gone);
        problem = begun.Error;
        if (begun.IsDone)
            Navigation.NavigateTo($"/plays/{begun.Value}");
        isBusy = false;
    }

    private async Task ForgetAsync()
    {
        if (!await Dialogs.ConfirmByNameAsync("Forget server", server!.Name, "The server, its benches and its sites are archived here. Nothing on the machine is touched.", "Forget server"))
            return;
        isBusy = true;
        problem = (await ForgetServer.RunAsync(Actor, Id, server.Name, Gone)).Error;
        await ReloadAsync();
        isBusy = false;
    }
}
