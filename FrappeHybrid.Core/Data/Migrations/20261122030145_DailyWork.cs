using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FrappeHybrid.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class DailyWork : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Sites_Name",
                table: "Sites");

            migrationBuilder.AddColumn<int>(
                name: "BackupsToKeep",
                table: "Sites",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "PrimaryDomain",
                table: "Sites",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "RedirectDomains",
                table: "Sites",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "StateBefore",
                table: "Sites",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<Guid>(
                name: "Trash_Archive",
                table: "Sites",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Trash_At",
                table: "Sites",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "Trash_CanComeBack",
                table: "Sites",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Trash_Name",
                table: "Sites",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Trash_Until",
                table: "Sites",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "AgentProgram",
                table: "Servers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Digest",
                table: "Releases",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "DigestSeenAt",
                table: "Releases",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsConfigured",
                table: "Releases",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<Guid>(
                name: "AfterId",
                table: "Plays",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Facts",
                table: "Plays",
                type: "TEXT",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<string>(
                name: "Kind",
                table: "Plays",
                type: "TEXT",
                nullable: false,
                defaultValue: "set-up-server");

            migrationBuilder.AddColumn<string>(
                name: "Request",
                table: "Jobs",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "RetryOf",
                table: "Jobs",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Backups",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    TeamId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ServerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    SiteId = table.Column<Guid>(type: "TEXT", nullable: false),
                    SiteName = table.Column<string>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", nullable: false),
                    TakenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    SiteTimeZone = table.Column<string>(type: "TEXT", nullable: true),
                    FrappeVersion = table.Column<string>(type: "TEXT", nullable: false),
                    DatabaseBytes = table.Column<long>(type: "INTEGER", nullable: false),
                    Bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    WithFiles = table.Column<bool>(type: "INTEGER", nullable: false),
                    Files = table.Column<string>(type: "TEXT", nullable: false),
                    JobId = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Backups", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "BenchUpdates",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    TeamId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ServerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    BenchId = table.Column<Guid>(type: "TEXT", nullable: false),
                    TargetBenchId = table.Column<Guid>(type: "TEXT", nullable: false),
                    SkipFailingPatches = table.Column<bool>(type: "INTEGER", nullable: false),
                    UserId = table.Column<Guid>(type: "TEXT", nullable: false),
                    UserName = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", nullable: false),
                    StateReason = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BenchUpdates", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ImageRegistries",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Host = table.Column<string>(type: "TEXT", nullable: false),
                    UserName = table.Column<string>(type: "TEXT", nullable: false),
                    PasswordProtected = table.Column<string>(type: "TEXT", nullable: false),
                    AcceptedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ImageRegistries", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SiteConfigChanges",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    TeamId = table.Column<Guid>(type: "TEXT", nullable: false),
                    SiteId = table.Column<Guid>(type: "TEXT", nullable: false),
                    JobId = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    UserName = table.Column<string>(type: "TEXT", nullable: false),
                    UndoOf = table.Column<Guid>(type: "TEXT", nullable: true),
                    EditsJson = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SiteConfigChanges", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SiteConfigChanges_Sites_SiteId",
                        column: x => x.SiteId,
                        principalTable: "Sites",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SiteDomains",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    TeamId = table.Column<Guid>(type: "TEXT", nullable: false),
                    SiteId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", nullable: false),
                    AddedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SiteDomains", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SiteDomains_Sites_SiteId",
                        column: x => x.SiteId,
                        principalTable: "Sites",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SiteFacts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    TeamId = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Json = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SiteFacts", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SiteFacts_Sites_Id",
                        column: x => x.Id,
                        principalTable: "Sites",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "BackupDownloads",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    TokenHash = table.Column<string>(type: "TEXT", nullable: false),
                    BackupId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", nullable: false),
                    UserId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BackupDownloads", x => x.Id);
                    table.ForeignKey(
                        name: "FK_BackupDownloads_Backups_BackupId",
                        column: x => x.BackupId,
                        principalTable: "Backups",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "BenchUpdateSites",
                columns: table => new
                {
                    BenchUpdateId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    SiteId = table.Column<Guid>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", nullable: true),
                    JobId = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BenchUpdateSites", x => new { x.BenchUpdateId, x.Number });
                    table.ForeignKey(
                        name: "FK_BenchUpdateSites_BenchUpdates_BenchUpdateId",
                        column: x => x.BenchUpdateId,
                        principalTable: "BenchUpdates",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Sites_Name",
                table: "Sites",
                column: "Name",
                unique: true,
                filter: "\"State\" <> 'Archived' AND \"State\" <> 'Trashed'");

            migrationBuilder.CreateIndex(
                name: "IX_BackupDownloads_BackupId",
                table: "BackupDownloads",
                column: "BackupId");

            migrationBuilder.CreateIndex(
                name: "IX_BackupDownloads_ExpiresAt",
                table: "BackupDownloads",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_BackupDownloads_TokenHash",
                table: "BackupDownloads",
                column: "TokenHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Backups_SiteId_TakenAt",
                table: "Backups",
                columns: new[] { "SiteId", "TakenAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Backups_State",
                table: "Backups",
                column: "State");

            migrationBuilder.CreateIndex(
                name: "IX_Backups_TeamId",
                table: "Backups",
                column: "TeamId");

            migrationBuilder.CreateIndex(
                name: "IX_BenchUpdates_BenchId",
                table: "BenchUpdates",
                column: "BenchId",
                unique: true,
                filter: "\"State\" <> 'Done' AND \"State\" <> 'Cancelled'");

            migrationBuilder.CreateIndex(
                name: "IX_BenchUpdates_TeamId",
                table: "BenchUpdates",
                column: "TeamId");

            migrationBuilder.CreateIndex(
                name: "IX_ImageRegistries_Host",
                table: "ImageRegistries",
                column: "Host",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SiteConfigChanges_SiteId_At",
                table: "SiteConfigChanges",
                columns: new[] { "SiteId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_SiteDomains_Name",
                table: "SiteDomains",
                column: "Name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SiteDomains_SiteId",
                table: "SiteDomains",
                column: "SiteId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "BackupDownloads");

            migrationBuilder.DropTable(
                name: "BenchUpdateSites");

            migrationBuilder.DropTable(
                name: "ImageRegistries");

            migrationBuilder.DropTable(
                name: "SiteConfigChanges");

            migrationBuilder.DropTable(
                name: "SiteDomains");

            migrationBuilder.DropTable(
                name: "SiteFacts");

            migrationBuilder.DropTable(
                name: "Backups");

            migrationBuilder.DropTable(
                name: "BenchUpdates");

            migrationBuilder.DropIndex(
                name: "IX_Sites_Name",
                table: "Sites");

            migrationBuilder.DropColumn(
                name: "BackupsToKeep",
                table: "Sites");

            migrationBuilder.DropColumn(
                name: "PrimaryDomain",
                table: "Sites");

            migrationBuilder.DropColumn(
                name: "RedirectDomains",
                table: "Sites");

            migrationBuilder.DropColumn(
                name: "StateBefore",
                table: "Sites");

            migrationBuilder.DropColumn(
                name: "Trash_Archive",
                table: "Sites");

            migrationBuilder.DropColumn(
                name: "Trash_At",
                table: "Sites");

            migrationBuilder.DropColumn(
                name: "Trash_CanComeBack",
                table: "Sites");

            migrationBuilder.DropColumn(
                name: "Trash_Name",
                table: "Sites");

            migrationBuilder.DropColumn(
                name: "Trash_Until",
                table: "Sites");

            migrationBuilder.DropColumn(
                name: "AgentProgram",
                table: "Servers");

            migrationBuilder.DropColumn(
                name: "Digest",
                table: "Releases");

            migrationBuilder.DropColumn(
                name: "DigestSeenAt",
                table: "Releases");

            migrationBuilder.DropColumn(
                name: "IsConfigured",
                table: "Releases");

            migrationBuilder.DropColumn(
                name: "AfterId",
                table: "Plays");

            migrationBuilder.DropColumn(
                name: "Facts",
                table: "Plays");

            migrationBuilder.DropColumn(
                name: "Kind",
                table: "Plays");

            migrationBuilder.DropColumn(
                name: "Request",
                table: "Jobs");

            migrationBuilder.DropColumn(
                name: "RetryOf",
                table: "Jobs");

            migrationBuilder.CreateIndex(
                name: "IX_Sites_Name",
                table: "Sites",
                column: "Name",
                unique: true,
                filter: "\"State\" <> 'Archived'");
        }
    }
}
