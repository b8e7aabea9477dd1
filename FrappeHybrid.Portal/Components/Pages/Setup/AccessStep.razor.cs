using FrappeHybrid.Core.Servers;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages.Setup;

/// <summary>The key to paste, or a password that is used once.</summary>
public partial class AccessStep
{
    private bool usesPassword;
    private string password = "";
    private Error? problem;
    private bool isBusy;

    [Parameter, EditorRequired]
    public ServerView Server { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    [Parameter]
    public EventCallback OnDone { get; set; }

    [Inject]
    private CheckConnection CheckConnection { get; set; } = null!;

    [Inject]
    private InstallKeyWithPassword InstallKeyWithPassword { get; set; } = null!;

    private string BackHref => $"/servers/{Server.Id}/setup?step={SetupStep.HostKey.Key()}";

    private string Command => $"mkdir -p ~/.ssh && chmod 700 ~/.ssh && echo '{Server.SshPublicKey}' >> ~/.ssh/authorized_keys && chmod 600 ~/.ssh/authorized_keys";

    private async Task CheckAsync()
    {
        isBusy = true;
        problem = (await CheckConnection.RunAsync(Actor, Server.Id, CancellationToken.None)).Error;
        isBusy = false;
        if (problem is null)
            await OnDone.InvokeAsync();
    }

    private async Task InstallAsync()
    {
        if (password.Length == 0)
            return;
        isBusy = true;
        var once = password;
        password = "";
        problem = (await InstallKeyWithPassword.RunAsync(Actor, Server.Id, once, CancellationToken.None)).Error;
        isBusy = false;
        if (problem is null)
            await CheckAsync();
    }
}
