using System.Text.Json;
using Microsoft.AspNetCore.Identity;

namespace FrappeHybrid.Portal.Account;

/// <summary>What a browser sends as a passkey may be anything.</summary>
internal static class PasskeyErrors
{
    /// <summary>The answer; null when what came was no passkey, or nobody had asked for one.</summary>
    public static async Task<T?> ToNullAsync<T>(Func<Task<T>> ask)
        where T : class
    {
        try
        {
            return await ask();
        }
        catch (Exception problem) when (problem is PasskeyException or InvalidOperationException or JsonException or FormatException)
        {
            return null;
        }
    }
}
