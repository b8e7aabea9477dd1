using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FrappeHybrid.Core.Mail;

internal static class MailServices
{
    public static void AddMail(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection("Mail").Get<MailOptions>() ?? new MailOptions();
        services.AddSingleton(options);
        services.AddSingleton<MailOutbox>();
        services.AddSingleton<IMailTransport>(provider => options.IsFolder ? new FolderTransport(options) : new SmtpTransport(options, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<MailSender>();
        services.AddSingleton<MailQueries>();
        services.AddSingleton<SendTestMail>();
        services.AddSingleton<RetryMail>();
        services.AddSingleton<DeleteMail>();
    }
}
