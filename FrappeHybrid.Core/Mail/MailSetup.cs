using FrappeHybrid.Core.Common;

namespace FrappeHybrid.Core.Mail;

/// <summary>How mail is set up, without a secret.</summary>
/// <param name="Problem">Why no letter can be sent; null when it can.</param>
/// <param name="Server">"mail.example.com:587"; null when there is none.</param>
/// <param name="Security">How the connection is kept private.</param>
/// <param name="User">Empty when the server wants none.</param>
/// <param name="From">The sender as people see it.</param>
/// <param name="Folder">Where letters are written instead; null when they are sent.</param>
/// <param name="PublicUrl">Where links lead; null when it is not set.</param>
public sealed record MailSetup(Error? Problem, string? Server, MailSecurity Security, string User, string From, string? Folder, Uri? PublicUrl);
