using Microsoft.Extensions.DependencyInjection;

namespace FrappeHybrid.Core.Teams;

internal static class TeamsServices
{
    public static void AddTeams(this IServiceCollection services)
    {
        services.AddSingleton<ActorQueries>();
        services.AddSingleton<TeamQueries>();
        services.AddSingleton<FirstStart>();
        services.AddSingleton<CreateOperator>();
        services.AddSingleton<SignInLinks>();
        services.AddSingleton<MembershipGate>();
        services.AddSingleton<MemberQueries>();
        services.AddSingleton<CreateTeam>();
        services.AddSingleton<RenameTeam>();
        services.AddSingleton<SwitchTeam>();
        services.AddSingleton<LeaveTeam>();
        services.AddSingleton<TransferOwnership>();
        services.AddSingleton<RemoveTeam>();
        services.AddSingleton<ChangeMemberRole>();
        services.AddSingleton<LimitMember>();
        services.AddSingleton<RemoveMember>();
        services.AddSingleton<SupportAccessQueries>();
        services.AddSingleton<AskForAccess>();
        services.AddSingleton<AnswerSupportAccess>();
        services.AddSingleton<EndSupportAccess>();
        services.AddSingleton<SignInGuard>();
        services.AddSingleton<SignInRecord>();
    }
}
