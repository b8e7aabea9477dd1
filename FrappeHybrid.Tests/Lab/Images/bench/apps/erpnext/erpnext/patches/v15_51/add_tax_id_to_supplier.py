def execute(db):
    db.sql("ALTER TABLE `tabSupplier` ADD COLUMN IF NOT EXISTS `lab_tax_id` varchar(140) DEFAULT NULL")
