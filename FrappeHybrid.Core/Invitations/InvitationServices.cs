using Microsoft.Extensions.DependencyInjection;

namespace FrappeHybrid.Core.Invitations;

internal static class InvitationServices
{
    public static void AddInvitations(this IServiceCollection services)
    {
        services.AddSingleton<InvitationLetters>();
        services.AddSingleton<InvitationQueries>();
        services.AddSingleton<InviteMember>();
        services.AddSingleton<ResendInvitation>();
        services.AddSingleton<WithdrawInvitation>();
        services.AddSingleton<AcceptInvitation>();
        services.AddSingleton<JoinByInvitation>();
        services.AddSingleton<DeclineInvitation>();
    }
}
