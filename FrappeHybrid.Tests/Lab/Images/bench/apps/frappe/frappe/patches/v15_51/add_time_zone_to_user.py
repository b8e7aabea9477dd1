def execute(db):
    db.sql("ALTER TABLE `tabUser` ADD COLUMN IF NOT EXISTS `time_zone` varchar(140) DEFAULT NULL")
    db.sql("UPDATE `tabUser` SET `time_zone` = 'Asia/Kolkata' WHERE `time_zone` IS NULL")
