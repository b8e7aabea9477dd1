using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FrappeHybrid.Core.Notifications;

internal static class NotificationsServices
{
    public static void AddNotifications(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(configuration.GetSection("Notifications").Get<NotificationOptions>() ?? new NotificationOptions());
        services.AddSingleton<Notifier>();
        services.AddSingleton<NotificationRecipients>();
        services.AddSingleton<INotificationChannel>(provider => provider.GetRequiredService<NotificationRecipients>());
        services.AddSingleton<NotificationFanOut>();
        services.AddSingleton<NotificationMailer>();
        services.AddSingleton<NotificationQueries>();
        services.AddSingleton<ReadNotification>();
        services.AddSingleton<ReadAllNotifications>();
        services.AddSingleton<ChooseNotifications>();
        services.AddSingleton<ChooseTeamNotifications>();
    }
}
