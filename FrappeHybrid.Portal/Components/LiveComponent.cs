using FrappeHybrid.Portal.Account;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FrappeHybrid.Portal.Components;

/// <summary>
/// What every live part of the desktop shares: the actor, loading, re-reading shortly after something was stored, and an end without noise.
/// A part says what it reads in <see cref="LoadAsync"/> and which changes concern it in <see cref="Concerns"/>.
/// </summary>
public abstract class LiveComponent : ComponentBase, IAsyncDisposable
{
    /// <summary>Changes that come within this time are shown together.</summary>
    public static readonly TimeSpan Coalescing = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource gone = new();
    private readonly SemaphoreSlim oneLoad = new(1, 1);
    private IDisposable? subscription;
    private ITimer? atEnd;
    private int isPlanned;
    private Actor? actor;

    [Inject]
    protected LiveChanges Changes { get; set; } = null!;

    [Inject]
    protected CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    protected TimeProvider Time { get; set; } = null!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    /// <summary>Who looks, with the rights of this moment; there before the first <see cref="LoadAsync"/>.</summary>
    protected Actor Actor => actor?.AsOf(Time.GetUtcNow()) ?? throw new InvalidOperationException("The actor is known once the part has loaded.");

    /// <summary>The first load has ended; until then a skeleton stands in.</summary>
    protected bool IsLoaded { get; private set; }

    /// <summary>Cancelled when the part is left.</summary>
    protected CancellationToken Gone => gone.Token;

    /// <summary>Reads what is shown. Runs at the start, when parameters change and shortly after a change that concerns it; never twice at the same time.</summary>
    protected abstract Task LoadAsync(CancellationToken cancel);

    /// <summary>Whether a change makes it read again. Called on the publisher's thread: look at the change only.</summary>
    protected virtual bool Concerns(LiveChange change) => true;

    /// <summary>Whether the actor may do it there; what is not allowed is not offered.</summary>
    protected bool May(Capability capability, Place place) => actor?.AsOf(Time.GetUtcNow()).May(capability, place) == true;

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        subscription ??= Changes.Subscribe(OnChange);
        await ReloadAsync();
    }

    /// <summary>Reads again now.</summary>
    protected async Task ReloadAsync()
    {
        try
        {
            await oneLoad.WaitAsync(Gone);
            try
            {
                actor = await CurrentActor.FindAsync(Gone);
                if (actor is null)
                {
                    // The account is gone: the server sends whoever it is to the sign-in.
                    Navigation.Refresh(forceReload: true);
                    return;
                }

                FollowEnd(actor);
                await LoadAsync(Gone);
                IsLoaded = true;
            }
            finally
            {
                oneLoad.Release();
            }
        }
        catch (Exception ending) when (IsEnding(ending))
        {
            // Left while it was reading.
        }
    }

    /// <summary>Calls a script; a browser that has just gone is not an error.</summary>
    protected async ValueTask ScriptAsync(Func<ValueTask> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        try
        {
            await call();
        }
        catch (Exception ending) when (IsEnding(ending))
        {
            // The browser has gone.
        }
    }

    /// <summary>Calls a script that answers; null when the browser has just gone.</summary>
    protected async ValueTask<T?> ScriptAsync<T>(Func<ValueTask<T>> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        try
        {
            return await call();
        }
        catch (Exception ending) when (IsEnding(ending))
        {
            return default;
        }
    }

    /// <summary>What a part has of its own to let go of.</summary>
    protected virtual ValueTask LeaveAsync() => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        subscription?.Dispose();
        if (atEnd is not null)
            await atEnd.DisposeAsync();
        await gone.CancelAsync();
        await ScriptAsync(LeaveAsync);
        GC.SuppressFinalize(this);
    }

    // What support was let into ends by itself: what shows it follows at that moment, as if the right had been taken away.
    private void FollowEnd(Actor now)
    {
        atEnd?.Dispose();
        atEnd = now.Grants.Min(grant => grant.Until) is { } until
            ? Time.CreateTimer(_ => OnChange(new LiveChange(LiveChange.Access, now.UserId, Guid.Empty)), null, until > Time.GetUtcNow() ? until - Time.GetUtcNow() : TimeSpan.Zero, Timeout.InfiniteTimeSpan)
            : null;
    }

    private bool IsEnding(Exception problem) =>
        problem is JSDisconnectedException || (problem is OperationCanceledException or ObjectDisposedException && gone.IsCancellationRequested) || (problem is JSException && gone.IsCancellationRequested);

    private void OnChange(LiveChange change)
    {
        if (gone.IsCancellationRequested || !(IsMine(change) || Concerns(change)) || Interlocked.Exchange(ref isPlanned, 1) == 1)
            return;
        _ = ReadSoonAsync();
    }

    // Whoever loses a right loses what it showed, whatever the part watches.
    private bool IsMine(LiveChange change) => change.Entity == LiveChange.Access && change.Id == actor?.UserId;

    private async Task ReadSoonAsync()
    {
        try
        {
            await Task.Delay(Coalescing, Time, Gone);
            Volatile.Write(ref isPlanned, 0);
            await InvokeAsync(async () =>
            {
                await ReloadAsync();
                StateHasChanged();
            });
        }
        catch (Exception ending) when (IsEnding(ending))
        {
            // Left in between.
        }
        catch (Exception problem)
        {
            await DispatchExceptionAsync(problem);
        }
    }
}
