namespace FrappeHybrid.Core.Webhooks;

/// <summary>A webhook that was just made.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Secret">Its secret: now and never again.</param>
public sealed record NewWebhook(Guid Id, string Secret);
