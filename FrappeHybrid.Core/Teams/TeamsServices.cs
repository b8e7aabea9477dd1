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
    }
}
