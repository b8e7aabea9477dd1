using System.Globalization;
using System.Net.Sockets;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Nginx;

/// <summary>A site's entry in the server's nginx: everything for its name goes to the frontend of its bench.</summary>
internal static class NginxEntry
{
    /// <summary>The file's text. Both names have passed their type's check, so that none of nginx's own characters can be in them.</summary>
    public static string Text(BenchName bench, SiteName site, int nginxPort, int frontendPort)
    {
        var listen = string.Create(CultureInfo.InvariantCulture, $"listen {nginxPort};");

        // A server without IPv6 refuses the whole configuration for that line.
        if (Socket.OSSupportsIPv6)
            listen += string.Create(CultureInfo.InvariantCulture, $"\n    listen [::]:{nginxPort};");

        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            # Site {{site}} of bench {{bench}}. Written by the FrappeHybrid Agent; changes by hand are lost.
            server {
                {{listen}}
                server_name {{site}};
                client_max_body_size 250m;

                proxy_http_version 1.1;
                proxy_connect_timeout 10s;
                proxy_send_timeout 120s;
                proxy_buffer_size 128k;
                proxy_buffers 4 256k;
                proxy_busy_buffers_size 256k;

                location /socket.io {
                    proxy_pass http://127.0.0.1:{{frontendPort}};
                    proxy_set_header Host $host;
                    proxy_set_header X-Real-IP $remote_addr;
                    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                    proxy_set_header X-Forwarded-Proto $scheme;
                    proxy_set_header Upgrade $http_upgrade;
                    proxy_set_header Connection "upgrade";
                    proxy_read_timeout 1h;
                }

                location / {
                    proxy_pass http://127.0.0.1:{{frontendPort}};
                    proxy_set_header Host $host;
                    proxy_set_header X-Real-IP $remote_addr;
                    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                    proxy_set_header X-Forwarded-Proto $scheme;
                    proxy_set_header Connection "";
                    proxy_read_timeout 120s;
                    proxy_request_buffering off;
                }
            }

            """);
    }
}
