using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Sites;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Sites;

/// <summary>Gives a site's Administrator a new password. It is passed on once and kept only encrypted until the Agent has the job.</summary>
public sealed class ResetAdministratorPassword(SiteOrders orders)
{
    /// <summary>The job's id.</summary>
    /// <param name="password">Must pass <see cref="AdministratorPassword"/>.</param>
    /// <param name="logOutAllSessions">Whoever is signed in as Administrator must sign in again.</param>
    public async Task<Result<Guid>> RunAsync(Actor actor, Guid siteId, string password, bool logOutAllSessions, CancellationToken cancel) =>
        AdministratorPassword.IsValid(password)
            ? await orders.OrderAsync(
                actor,
                siteId,
                SiteJobTypes.SetAdministratorPassword,
                SiteWorkRoutes.ForAdministratorPassword,
                new SetAdministratorPasswordRequest(password, logOutAllSessions),
                SiteWorkJson.Default.SetAdministratorPasswordRequest,
                "reset-administrator-password",
                "Set a new Administrator password for",
                cancel)
            : new Error("site-password-invalid", AdministratorPassword.Rule);
}
