using FrappeHybrid.Core.Servers;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages.Setup;

/// <summary>Shows the fingerprint, says how to compare it, pins it.</summary>
public sealed partial class HostKeyStep : IDisposable
{
    private readonly CancellationTokenSource gone = new();
    private HostKeyScan? scan;
    private Error? problem;
    private bool isBusy;

    [Parameter, EditorRequired]
    public ServerView Server { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    [Parameter]
    public EventCallback OnDone { get; set; }

    [Inject]
    private ScanHostKey ScanHostKey { get; set; } = null!;

    [Inject]
    private ConfirmHostKey ConfirmHostKey { get; set; } = null!;

    private string BackHref => $"/servers/{Server.Id}/setup?step={SetupStep.Address.Key()}";

    private string Command => $"ssh-keygen -lf /etc/ssh/ssh_host_{Kind}_key.pub";

    private string Kind => scan?.KeyType switch
    {
        { } type when type.Contains("ed25519", StringComparison.OrdinalIgnoreCase) => "ed25519",
        { } type when type.Contains("ecdsa", StringComparison.OrdinalIgnoreCase) => "ecdsa",
        { } type when type.Contains("rsa", StringComparison.OrdinalIgnoreCase) => "rsa",
        _ => "ed25519",
    };

    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
    }

    protected override Task OnInitializedAsync() => ScanAsync();

    private async Task ScanAsync()
    {
        isBusy = true;
        problem = null;
        scan = null;
        try
        {
            var answer = await ScanHostKey.RunAsync(Actor, Server.Id, gone.Token);
            problem = answer.Error;
            scan = answer.IsDone ? answer.Value : null;
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // The step was left.
        }

        isBusy = false;
    }

    private async Task ConfirmAsync()
    {
        if (scan is null)
            return;
        isBusy = true;
        problem = (await ConfirmHostKey.RunAsync(Actor, Server.Id, scan.Fingerprint, CancellationToken.None)).Error;
        isBusy = false;
        if (problem is null)
            await OnDone.InvokeAsync();
    }
}
