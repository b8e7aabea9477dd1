using Microsoft.Extensions.DependencyInjection;

namespace FrappeHybrid.Core.Tokens;

internal static class TokensServices
{
    public static void AddTokens(this IServiceCollection services)
    {
        services.AddSingleton<ApiTokenQueries>();
        services.AddSingleton<ApiTokenSignIn>();
        services.AddSingleton<ApiAnswers>();
        services.AddSingleton<CreateApiToken>();
        services.AddSingleton<RevokeApiToken>();
    }
}
