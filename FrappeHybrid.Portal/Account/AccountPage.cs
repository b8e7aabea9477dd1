using FrappeHybrid.Core.Accounts;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Account;

/// <summary>What the pages of one's own account share: whose it is, and passwords that are asked for again under the guard's eyes.</summary>
public abstract class AccountPage : ComponentBase
{
    [Inject]
    private AccountQueries Accounts { get; set; } = null!;

    [Inject]
    private SignInGuard Guard { get; set; } = null!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    [CascadingParameter]
    protected HttpContext HttpContext { get; set; } = null!;

    /// <summary>Said after a form has done its work and the page was loaded again.</summary>
    [SupplyParameterFromQuery]
    protected string? Done { get; set; }

    /// <summary>The account as it was when the page was asked for.</summary>
    protected AccountView Account { get; private set; } = null!;

    protected string? Problem { get; set; }

    protected CancellationToken Cancel => HttpContext.RequestAborted;

    protected string? Address => HttpContext.Address();

    /// <summary>The session that looks.</summary>
    protected Guid? SessionId => HttpContext.User.FindSessionId();

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        // The policy let only users in; one that was deleted at this moment has nothing here.
        Account = HttpContext.User.FindUserId() is { } user && await Accounts.FindAsync(user, Cancel) is { } account ? account : throw new InvalidOperationException("The account is gone.");
        await LoadAsync();
    }

    /// <summary>What the page shows besides.</summary>
    protected virtual Task LoadAsync() => Task.CompletedTask;

    /// <summary>Runs an act that asks for the password again; tries are counted for this session, so that who has stolen it cannot guess, and nobody else is held up.</summary>
    protected async Task<Result<T>> GuardedAsync<T>(Func<Task<Result<T>>> act)
    {
        ArgumentNullException.ThrowIfNull(act);
        var attempt = await Guard.BeginAsync(GuardedAct.Password, Account.Email, SessionId, Address, Cancel);
        if (!attempt.IsAllowed)
            return AccountErrors.TooMany(attempt.Wait);
        var result = await act();
        if (result.Error != AccountErrors.WrongPassword)
            await Guard.SucceedAsync(attempt, Cancel);
        Problem = result.Error?.ForForm();
        return result;
    }

    /// <summary>The same for an act without a value.</summary>
    protected async Task<bool> GuardedAsync(Func<Task<Result>> act)
    {
        var result = await GuardedAsync<bool>(async () => await act() is { Error: { } error } ? error : true);
        Problem = result.Error?.ForForm();
        return result.IsDone;
    }

    /// <summary>Loads the page again, so that going back or reloading does nothing twice.</summary>
    protected void Reload(string path, string done) => Navigation.NavigateTo($"{path}?done={done}");
}
