using Microsoft.Extensions.DependencyInjection;

namespace FrappeHybrid.Core.People;

internal static class PeopleServices
{
    public static void AddPeople(this IServiceCollection services)
    {
        services.AddSingleton<PeopleQueries>();
        services.AddSingleton<SetStaffRole>();
        services.AddSingleton<DisableUser>();
        services.AddSingleton<EnableUser>();
        services.AddSingleton<CreateSignInLink>();
    }
}
