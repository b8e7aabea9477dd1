using System.Text.Encodings.Web;
using System.Text.Json.Serialization;

namespace FrappeHybrid.Portal.Consoles;

internal static class ConsoleServices
{
    public static void AddConsoles(this IServiceCollection services) => services
        .AddSignalR(options => options.MaximumParallelInvocationsPerClient = 8)
        .AddJsonProtocol(options =>
        {
            options.PayloadSerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;

            // It travels in a WebSocket and never in a page: to write each "<" as six characters protects nobody.
            options.PayloadSerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        });
}
