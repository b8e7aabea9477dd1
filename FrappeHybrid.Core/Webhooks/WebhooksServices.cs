using FrappeHybrid.Core.Notifications;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FrappeHybrid.Core.Webhooks;

internal static class WebhooksServices
{
    public static void AddWebhooks(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(configuration.GetSection("Webhooks").Get<WebhookOptions>() ?? new WebhookOptions());
        services.AddSingleton<WebhookRecipients>();
        services.AddSingleton<INotificationChannel>(provider => provider.GetRequiredService<WebhookRecipients>());
        services.AddSingleton<WebhookClient>();
        services.AddSingleton<WebhookDeliverer>();
        services.AddSingleton<WebhookQueries>();
        services.AddSingleton<CreateWebhook>();
        services.AddSingleton<EditWebhook>();
        services.AddSingleton<DeleteWebhook>();
        services.AddSingleton<RotateWebhookSecret>();
        services.AddSingleton<SendTestEvent>();
        services.AddSingleton<ReplayDelivery>();
    }
}
