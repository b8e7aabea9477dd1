namespace FrappeHybrid.Portal.Account;

/// <summary>Until the operator has an account, every page leads to /welcome; once there is one, /welcome leads to the sign-in.</summary>
internal sealed class FirstStartGate(FirstStart firstStart)
{
    // Only "no longer needed" is remembered: it never becomes untrue.
    private volatile bool isOver;

    public async Task<bool> IsNeededAsync(CancellationToken cancel)
    {
        if (isOver)
            return false;
        isOver = !await firstStart.IsNeededAsync(cancel);
        return !isOver;
    }
}

internal static class FirstStartMiddleware
{
    private static readonly string[] ForEverybody = ["/healthz", "/_framework", "/_blazor", "/error", "/not-found", Api.ApiPaths.Root];

    public static void UseFirstStart(this WebApplication portal) => portal.Use(async (context, next) =>
    {
        var path = context.Request.Path;
        var isForEverybody = Array.Exists(ForEverybody, open => path.StartsWithSegments(open, StringComparison.OrdinalIgnoreCase));
        if (isForEverybody)
        {
            await next(context);
            return;
        }

        var isNeeded = await context.RequestServices.GetRequiredService<FirstStartGate>().IsNeededAsync(context.RequestAborted);
        var isWelcome = path.StartsWithSegments(AccountPaths.Welcome, StringComparison.OrdinalIgnoreCase);
        if (isNeeded == isWelcome)
            await next(context);
        else
            context.Response.Redirect(isNeeded ? AccountPaths.Welcome : AccountPaths.SignIn);
    });
}
