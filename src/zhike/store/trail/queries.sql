-- note
-- One entry of the operation log.
INSERT INTO zk_operation (actor, name, seen_by, act, object, target, label, old, new, reason, source, ip, agent, request)
VALUES (:actor::uuid, :name::text, :seen_by::uuid, :act::text, :object::text, :target::text, :label::text,
        :old::jsonb, :new::jsonb, :reason::text, :source::text, :ip::text, :agent::text, :request::text);

-- note_sign_in
-- One entry of the sign-in log.
INSERT INTO zk_sign_in ("user", login, way, outcome, ip, agent)
VALUES (:user::uuid, :login::text, :way::text, :outcome::text, :ip::text, :agent::text);
