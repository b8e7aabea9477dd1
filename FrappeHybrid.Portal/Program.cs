using FrappeHybrid.Portal;

return await PortalHost.RunAsync(args);
