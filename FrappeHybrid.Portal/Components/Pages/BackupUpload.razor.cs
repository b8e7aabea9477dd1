using FrappeHybrid.Core.Backups;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Sites;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>Brings a backup from elsewhere to the site's server. The script sends the files past the circuit, which is for small things.</summary>
public partial class BackupUpload
{
    private static readonly IReadOnlyList<Part> Parts =
    [
        new(BackupFileKind.Database, "Database", "…-database.sql.gz; always needed", ".gz"),
        new(BackupFileKind.PublicFiles, "Public files", "…-files.tar or .tgz", ".tar,.tgz,.gz"),
        new(BackupFileKind.PrivateFiles, "Private files", "…-private-files.tar or .tgz", ".tar,.tgz,.gz"),
        new(BackupFileKind.SiteConfig, "Site configuration", "…-site_config_backup.json; its encryption key opens stored passwords", ".json"),
    ];

    private ElementReference root;
    private IJSObjectReference? module;
    private IJSObjectReference? sending;
    private DotNetObjectReference<BackupUpload>? self;
    private Error? problem;
    private Guid upload;
    private bool isUploading;
    private long sent;
    private long total;

    [Parameter, EditorRequired]
    public SiteView Site { get; set; } = null!;

    /// <summary>The site serves, so that something may be brought to it.</summary>
    [Parameter]
    public bool IsOpen { get; set; }

    /// <summary>The job that keeps the upload.</summary>
    [Parameter]
    public EventCallback<Guid> OnKept { get; set; }

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    [Inject]
    private KeepUpload KeepUpload { get; set; } = null!;

    /// <summary>How far the script is.</summary>
    [JSInvokable]
    public void OnProgress(long bytes, long of)
    {
        (sent, total) = (bytes, of);
        StateHasChanged();
    }

    /// <summary>All files are on the server, or a sentence that says why not; empty when it was stopped.</summary>
    [JSInvokable]
    public async Task OnEndAsync(string? failure)
    {
        isUploading = false;
        if (failure is null)
        {
            var job = await KeepUpload.RunAsync(Actor, Site.Id, upload, Gone);
            problem = job.Error;
            if (job.IsDone)
                await OnKept.InvokeAsync(job.Value);
        }
        else if (failure.Length > 0)
        {
            problem = new Error("upload-failed", failure);
        }

        StateHasChanged();
    }

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => false;

    /// <inheritdoc/>
    protected override Task LoadAsync(CancellationToken cancel) => Task.CompletedTask;

    /// <inheritdoc/>
    protected override async ValueTask LeaveAsync()
    {
        self?.Dispose();
        if (module is not null)
            await module.DisposeAsync();
    }

    private async Task UploadAsync()
    {
        problem = null;
        upload = NewId.At(Time);
        self ??= DotNetObjectReference.Create(this);
        module ??= await Script.InvokeAsync<IJSObjectReference>("import", Gone, "./Components/Pages/BackupUpload.razor.js");
        if (!await module.InvokeAsync<bool>("hasDatabase", Gone, root))
        {
            problem = new Error("upload-no-database", "Choose the database first: a backup without it is none.", "Its name ends with -database.sql.gz.");
            return;
        }

        (isUploading, sent, total) = (true, 0, 0);
        sending = await module.InvokeAsync<IJSObjectReference>("send", Gone, root, self, $"/sites/{Site.Id}/uploads/{upload}");
    }

    private async Task StopAsync()
    {
        if (sending is not null)
            await sending.InvokeVoidAsync("stop", Gone);
    }

    private sealed record Part(BackupFileKind Kind, string Label, string Hint, string Accept);
}
