using System.Text;
using QRCoder;

namespace FrappeHybrid.Portal.Account;

/// <summary>A QR code as a picture inside the page, which our content security policy allows; the secret in it goes to nobody else.</summary>
internal static class QrCode
{
    /// <summary>For an img's src.</summary>
    public static string Picture(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var drawing = new SvgQRCode(data);
        return "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(drawing.GetGraphic(4)));
    }
}
